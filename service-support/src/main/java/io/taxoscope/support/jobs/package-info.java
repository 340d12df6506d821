/** Long work as rows: submitted once, worked on by one worker at a time, taken over when the worker dies. */
@NullMarked
package io.taxoscope.support.jobs;

import org.jspecify.annotations.NullMarked;
