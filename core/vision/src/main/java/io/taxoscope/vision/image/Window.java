package io.taxoscope.vision.image;

/** A part of an image, in its pixels. */
record Window(int x, int y, int width, int height) {}
