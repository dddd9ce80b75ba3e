/** What the tests of several packages share: servers to speak to, and a time that passes at once. */
package ml.keneya.load.test;
