@NullMarked
package io.taxoscope.sae.format;

import org.jspecify.annotations.NullMarked;
