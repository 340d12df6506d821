/** SAEs as other tools store them: what a file says, what that means in our terms, and back. No code of a file is run. */
@NullMarked
package io.taxoscope.sae.exchange;

import org.jspecify.annotations.NullMarked;
