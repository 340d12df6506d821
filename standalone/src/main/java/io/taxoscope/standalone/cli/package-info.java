/** The commands of ./taxoscope that talk to a running platform, over the gateway's contract. */
@NullMarked
package io.taxoscope.standalone.cli;

import org.jspecify.annotations.NullMarked;
