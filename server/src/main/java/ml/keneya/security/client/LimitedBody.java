package ml.keneya.security.client;

import java.io.IOException;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import org.jspecify.annotations.Nullable;

/** The bytes of an answer, unless they are more than a set of keys has. */
final class LimitedBody implements BodySubscriber<byte[]> {

    /** Some hundred keys. */
    private static final int MOST_BYTES = 64 * 1024;

    private final BodySubscriber<byte[]> bytes = BodySubscribers.ofByteArray();
    private long left = MOST_BYTES;
    private @Nullable Subscription subscription;

    static BodyHandler<byte[]> handler() {
        return head -> new LimitedBody();
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return bytes.getBody();
    }

    @Override
    public void onSubscribe(Subscription body) {
        subscription = body;
        bytes.onSubscribe(body);
    }

    @Override
    public void onNext(List<ByteBuffer> some) {
        left -= some.stream().mapToLong(ByteBuffer::remaining).sum();
        if (left >= 0) {
            bytes.onNext(some);
        } else {
            if (subscription != null) {
                subscription.cancel();
            }
            bytes.onError(new IOException("more than " + MOST_BYTES + " bytes"));
        }
    }

    @Override
    public void onError(Throwable failure) {
        bytes.onError(failure);
    }

    @Override
    public void onComplete() {
        bytes.onComplete();
    }
}
