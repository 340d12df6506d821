package io.taxoscope.activationservice.datasets;

import io.taxoscope.vision.image.ImageLimits;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Positive;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Which images and datasets are taken.
 *
 * @param maxBytes of one image file
 * @param maxPixels of one image, read from its header before it is unpacked
 * @param maxImages of one dataset
 * @param maxDatasetBytes of all files of a dataset together, unpacked
 * @param maxRatio of unpacked to packed bytes, of an archive and of each entry above 1 MiB
 */
@Validated
@ConfigurationProperties("taxoscope.images")
public record ImageProperties(
        @DefaultValue("64MB") @NotNull DataSize maxBytes,
        @DefaultValue("89478485") @Positive long maxPixels,
        @DefaultValue("5000000") @Positive int maxImages,
        @DefaultValue("1TB") @NotNull DataSize maxDatasetBytes,
        @DefaultValue("200") @Positive int maxRatio) {

    public ImageLimits limits() {
        return new ImageLimits(maxBytes.toBytes(), maxPixels);
    }
}
