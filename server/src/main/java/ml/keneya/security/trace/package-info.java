/** Leaves a trace of every access to person data, written before the answer leaves. */
@NullMarked
package ml.keneya.security.trace;

import org.jspecify.annotations.NullMarked;
