/** Takes an upload of lines apart and delivers them: the other direction of a bulk export. */
@NullMarked
package ml.keneya.export.upload;

import org.jspecify.annotations.NullMarked;
