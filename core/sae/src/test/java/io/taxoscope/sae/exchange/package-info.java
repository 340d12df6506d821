@NullMarked
package io.taxoscope.sae.exchange;

import org.jspecify.annotations.NullMarked;
