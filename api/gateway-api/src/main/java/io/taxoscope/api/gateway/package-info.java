/** Contract of the gateway: experiments, their layers and features. */
@NullMarked
package io.taxoscope.api.gateway;

import org.jspecify.annotations.NullMarked;
