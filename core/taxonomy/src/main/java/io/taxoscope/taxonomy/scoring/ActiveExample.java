package io.taxoscope.taxonomy.scoring;

/** An example that activates a latent. */
public record ActiveExample(int example, float value) {}
