/** What an operator does with those who may call: from the machine of the server, with the operator's key. */
@NullMarked
package ml.keneya.load.client;

import org.jspecify.annotations.NullMarked;
