package io.taxoscope.api.activation;

/**
 * @param index 0-based position in the dataset; the row number of its activations and codes
 * @param sha256 hash of the image file
 */
public record ImageView(int index, String path, String label, String sha256, int width, int height) {}
