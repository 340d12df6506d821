/** The three services in memory: they keep the contracts' promises (keys, states, conflicts) but compute nothing. */
@NullMarked
package io.taxoscope.gatewayfakes;

import org.jspecify.annotations.NullMarked;
