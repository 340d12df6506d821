/** How a service's OpenAPI document is put into words that generated clients can use. */
@NullMarked
package io.taxoscope.support.reference;

import org.jspecify.annotations.NullMarked;
