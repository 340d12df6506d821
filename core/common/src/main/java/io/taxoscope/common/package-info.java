/** Words that every module shares: failures with a code, content hashes, atomic files. */
@NullMarked
package io.taxoscope.common;

import org.jspecify.annotations.NullMarked;
