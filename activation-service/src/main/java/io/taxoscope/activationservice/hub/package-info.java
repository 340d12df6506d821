/** Models of the Hugging Face hub: found, downloaded, checked and kept in the store. */
@NullMarked
package io.taxoscope.activationservice.hub;

import org.jspecify.annotations.NullMarked;
