package ml.keneya.chaos;

import java.time.Duration;
import java.util.function.Supplier;
import ml.keneya.test.Answer;

/** An answer, and how long it took. */
record Reply(Answer answer, Duration took) {

    static Reply of(Supplier<Answer> request) {
        long begin = System.nanoTime();
        Answer answer = request.get();
        return new Reply(answer, Duration.ofNanos(System.nanoTime() - begin));
    }

    void isServedOrAskedBack() {
        if (answer.status() != 200) {
            answer.asksToComeBack();
        }
    }
}
