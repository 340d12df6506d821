package io.taxoscope.standalone;

import io.taxoscope.api.Source;
import io.taxoscope.api.activation.Preprocessing;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.api.gateway.ExperimentSpec;
import io.taxoscope.api.gateway.ExperimentSpec.Controls;
import io.taxoscope.api.gateway.ExperimentSpec.DatasetRef;
import io.taxoscope.api.gateway.ExperimentSpec.ModelRef;
import io.taxoscope.api.gateway.SaeSpec;
import io.taxoscope.sdk.Taxoscope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/** The whole platform for a test, its data in a folder of the test. */
public final class DemoPlatform implements AutoCloseable {
    private final Platform platform;

    private DemoPlatform(Platform platform) {
        this.platform = platform;
    }

    public static DemoPlatform start(Path folder) {
        return new DemoPlatform(Platform.start(PlatformHome.at(folder), 0, Services.all()));
    }

    public Taxoscope client() {
        return Taxoscope.connect(platform.address());
    }

    /** The demo's model and photographs, but two layers and a short training: enough to have something of everything. */
    public static ExperimentSpec shortExperiment(String name) {
        Path demo = demo();
        var preprocessing = JsonMapper.shared()
                .readValue(demo.resolve("model/preprocessing.json").toFile(), Preprocessing.class);
        Source model = Source.ofPath(demo.resolve("model/demo-vit-cifar10.onnx").toString());
        Source images = Source.ofPath(demo.resolve("images.tar").toString());
        return new ExperimentSpec(
                name,
                new ModelRef(null, "demo-vit-cifar10", model, preprocessing, null),
                new DatasetRef(null, "demo-photographs", images, null, null, null),
                List.of("blocks.0.resid_post", "blocks.5.resid_post"),
                TokenSelection.CLS,
                new SaeSpec(null, 4, null, 1.0, 200, 256, null, null, null, null, null),
                null,
                new Controls(true, true, true, true),
                List.of(0.25),
                null,
                0L);
    }

    private static Path demo() {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.isRegularFile(at.resolve("demo/images.tar"))) {
                return at.resolve("demo");
            }
        }
        throw new IllegalStateException(
                "no folder demo with images.tar above " + Path.of("").toAbsolutePath());
    }

    @Override
    public void close() {
        platform.close();
    }
}
