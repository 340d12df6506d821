/** One OpenAPI document for all of it. */
@NullMarked
package io.taxoscope.gateway.reference;

import org.jspecify.annotations.NullMarked;
