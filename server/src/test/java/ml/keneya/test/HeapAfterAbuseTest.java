package ml.keneya.test;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapAfterAbuseTest {

    private static final int MEGABYTE = 1024 * 1024;

    @Test
    void noticesWhatIsKept() {
        HeapAfterAbuse heap = new HeapAfterAbuse();
        byte[][] kept = new byte[120][MEGABYTE];

        assertThat(heap.fault()).isPresent();
        assertThat(heap.growth()).isBetween(110L, 200L);
        assertThat(kept[119]).hasSize(MEGABYTE);
    }

    @Test
    void takesNoNoticeOfWhatIsGone() {
        HeapAfterAbuse heap = new HeapAfterAbuse();

        assertThat(takenForAMoment()).isEqualTo(120);

        assertThat(heap.fault()).isEmpty();
    }

    private static int takenForAMoment() {
        byte[][] gone = new byte[120][MEGABYTE];
        return gone.length;
    }
}
