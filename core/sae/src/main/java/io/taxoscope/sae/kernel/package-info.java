/** The arithmetic of training and encoding: a plain reference and a Vector API kernel that agrees with it. */
@NullMarked
package io.taxoscope.sae.kernel;

import org.jspecify.annotations.NullMarked;
