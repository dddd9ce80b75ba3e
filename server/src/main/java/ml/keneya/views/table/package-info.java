/** The tables that hold the rows of views: the only place where SQL is generated. */
@NullMarked
package ml.keneya.views.table;

import org.jspecify.annotations.NullMarked;
