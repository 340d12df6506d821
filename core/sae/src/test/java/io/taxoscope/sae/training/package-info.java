@NullMarked
package io.taxoscope.sae.training;

import org.jspecify.annotations.NullMarked;
