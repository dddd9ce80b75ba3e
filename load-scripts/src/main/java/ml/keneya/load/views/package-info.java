/** Tends the tables of views: how they are, building them anew, checking that they are exact. */
@NullMarked
package ml.keneya.load.views;

import org.jspecify.annotations.NullMarked;
