/** A vision model run on batches of images for all taps at once. */
@NullMarked
package io.taxoscope.vision.run;

import org.jspecify.annotations.NullMarked;
