package io.taxoscope.activationservice.oneimage;

import io.taxoscope.activationservice.ActivationError;
import io.taxoscope.activationservice.datasets.ImageProperties;
import io.taxoscope.activationservice.models.Models;
import io.taxoscope.activationservice.models.RegisteredModel;
import io.taxoscope.api.activation.ImageActivation;
import io.taxoscope.api.activation.ImageActivationApi;
import io.taxoscope.api.activation.TokenSelection;
import io.taxoscope.common.TaxoscopeException;
import io.taxoscope.vision.image.ImageDecoder;
import io.taxoscope.vision.image.Preprocessor;
import io.taxoscope.vision.run.Selection;
import io.taxoscope.vision.run.Tap;
import io.taxoscope.vision.run.Token;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.RestController;

@RestController
class ImageActivationController implements ImageActivationApi {
    private final Models models;
    private final LoadedModels loaded;
    private final ImageProperties properties;

    ImageActivationController(Models models, LoadedModels loaded, ImageProperties properties) {
        this.models = models;
        this.loaded = loaded;
        this.properties = properties;
    }

    @Override
    public ImageActivation activation(String id, String tap, TokenSelection token, Resource image) {
        RegisteredModel model = models.find(id);
        Selection selection = selection(model, tap, token);
        long start = System.nanoTime();
        float[] pixels_chw = pixels(model, image);
        double decodeSeconds = (System.nanoTime() - start) / 1e9;
        LoadedModels.Vector vector = loaded.run(model, selection, pixels_chw);
        return new ImageActivation(tap, token, vector.values(), decodeSeconds, vector.seconds(), vector.wasLoaded());
    }

    private static Selection selection(RegisteredModel model, String name, TokenSelection token) {
        List<Tap> taps = model.description().taps();
        Tap tap = taps.stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow(() -> ActivationError.UNKNOWN_TAP.at(
                        "tap",
                        "%s is no tap of the model; it has %s"
                                .formatted(name, taps.stream().map(Tap::name).toList())));
        Token one = Token.valueOf(token.name());
        if (!one.isOne()) {
            throw ActivationError.TOKEN_NOT_AVAILABLE.at(
                    "token", "%s are several vectors of an image; take CLS or PATCH_MEAN".formatted(token));
        }
        return new Selection(tap, one);
    }

    private float[] pixels(RegisteredModel model, Resource image) {
        int most = Math.toIntExact(Math.min(properties.maxBytes().toBytes(), Integer.MAX_VALUE - 64));
        Preprocessor preprocessor = new Preprocessor(model.recipe());
        float[] pixels_chw = new float[preprocessor.length()];
        try (InputStream in = image.getInputStream()) {
            // one byte more, so that the decoder sees what is too long
            byte[] file = in.readNBytes(most + 1);
            preprocessor.apply(new ImageDecoder(properties.limits()).decode(file), pixels_chw, 0);
            return pixels_chw;
        } catch (TaxoscopeException bad) {
            throw ActivationError.BAD_IMAGE.because("the image: " + bad.getMessage(), bad);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the image", failure);
        }
    }
}
