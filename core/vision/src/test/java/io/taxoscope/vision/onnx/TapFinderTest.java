package io.taxoscope.vision.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.taxoscope.vision.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TapFinderTest {
    @Test
    void findsTheResidualStreamOfARealDinov2() throws IOException {
        // The weights of this export could not be had: only the graph is looked at, against a list made by hand.
        Path graph = SharedData.require("models/dinov2_vits14_graph.onnx");
        JsonNode answer = JsonMapper.shared()
                .readTree(Files.readString(SharedData.require("models/dinov2_vits14_residual_stream.json")));
        List<FoundTap> expected = new ArrayList<>();
        expected.add(new FoundTap("embeddings", answer.get("embeddings").asString(), -1));
        for (JsonNode block : answer.get("blocks")) {
            int depth = block.get("block").asInt();
            expected.add(new FoundTap(
                    "blocks." + depth + ".resid_mid", block.get("resid_mid").asString(), depth, FoundTap.Role.PART));
            expected.add(new FoundTap(
                    "blocks." + depth + ".resid_post", block.get("resid_post").asString(), depth));
        }

        FoundTaps found = new TapFinder(OnnxModel.readStructure(graph), "input").find();

        assertThat(found.kind()).isEqualTo(ModelKind.TRANSFORMER);
        assertThat(found.taps())
                .filteredOn(tap -> tap.name().contains("resid") || tap.depth() < 0)
                .isEqualTo(expected);
        assertThat(found.taps())
                .filteredOn(tap -> tap.role() == FoundTap.Role.ATTENTION)
                .hasSize(12);
        assertThat(found.taps()).last().extracting(FoundTap::name).isEqualTo("final_norm");
        assertThat(found.concat()).isEqualTo(new TokenConcat(List.of("expand"), "transpose", List.of()));
    }

    @Test
    void findsTheSixteenBlocksOfResNet50() {
        OnnxModel model = OnnxModel.read(SharedData.require("models/resnet50_imagenet.onnx"));

        FoundTaps found = new TapFinder(model, "image").find();

        assertThat(found.kind()).isEqualTo(ModelKind.CONVOLUTIONAL);
        List<String> sums = found.taps().stream()
                .filter(tap -> tap.name().endsWith("resid_sum"))
                .map(FoundTap::tensor)
                .toList();
        assertThat(sums).hasSize(16).first().isEqualTo("add_out");
        assertThat(sums).last().isEqualTo("add_15_out");
        assertThat(found.taps()).contains(new FoundTap("blocks.15.resid_post", "activation_48_out", 15));
        assertThat(found.taps())
                .filteredOn(tap -> tap.name().startsWith("stages."))
                .extracting(FoundTap::name, FoundTap::depth)
                .containsExactly(
                        tuple("stages.0.out", 2),
                        tuple("stages.1.out", 6),
                        tuple("stages.2.out", 12),
                        tuple("stages.3.out", 15));
    }
}
