/** Files: SAEs in the SAELens layout, checkpoints of a training. */
@NullMarked
package io.taxoscope.sae.format;

import org.jspecify.annotations.NullMarked;
