/** Running a model with another activation in a tap's place, and comparing what comes out. */
@NullMarked
package io.taxoscope.vision.splice;

import org.jspecify.annotations.NullMarked;
