/** A small service whose every way of failing is tried. */
@NullMarked
package io.taxoscope.support.greeting;

import org.jspecify.annotations.NullMarked;
