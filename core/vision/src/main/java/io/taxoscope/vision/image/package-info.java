/** Image files to RGB pixels, equal to Pillow where Pillow is the reference. */
@NullMarked
package io.taxoscope.vision.image;

import org.jspecify.annotations.NullMarked;
