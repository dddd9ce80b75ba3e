/** Holds generated data against the guide, against the facts they should obey, and against their own truth. */
package ml.keneya.load.generate;
