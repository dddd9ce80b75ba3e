package ml.keneya.test;

import static net.bytebuddy.matcher.ElementMatchers.isAbstract;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.namedOneOf;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.not;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import java.lang.instrument.Instrumentation;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.agent.builder.ResettableClassFileTransformer;
import net.bytebuddy.asm.Advice;

/**
 * Names that are looked up and addresses that a connection is begun to in this process, by whichever library, until it
 * is closed: what goes by InetAddress, Socket or SocketChannel, as HTTP clients, JDBC and mail do. A lookup counts
 * before it is answered, so nothing has to listen and no name has to exist.
 */
public final class OutgoingCalls implements AutoCloseable {

    /** Java's own classes see nothing of ours; this they share. */
    private static final String PLACE = "ml.keneya.test.outgoing-calls";

    private final Queue<Object> seen = new ConcurrentLinkedQueue<>();
    private final Instrumentation instrumentation = ByteBuddyAgent.install();
    private final ResettableClassFileTransformer hooks;

    private OutgoingCalls() {
        System.getProperties().put(PLACE, seen);
        hooks = new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .with(AgentBuilder.Listener.StreamWriting.toSystemError().withErrorsOnly())
                .ignore(none())
                .type(namedOneOf("java.net.InetAddress", "java.net.Socket", "sun.nio.ch.SocketChannelImpl"))
                .transform((type, description, loader, module, domain) -> type.visit(Advice.to(Noting.class)
                        .on(named("getAllByName")
                                .or(named("connect").and(not(takesArguments(0))))
                                .and(not(isAbstract())))))
                .installOn(instrumentation);
    }

    public static OutgoingCalls noted() {
        return new OutgoingCalls();
    }

    /** @param part of a name or of an address with its port */
    public List<String> to(String part) {
        return seen.stream()
                .map(String::valueOf)
                .filter(call -> call.contains(part))
                .toList();
    }

    @Override
    public void close() {
        hooks.reset(instrumentation, RedefinitionStrategy.RETRANSFORMATION);
        System.getProperties().remove(PLACE);
    }

    /** Is copied into Java's own classes, so it may name nothing of ours. */
    private static final class Noting {

        @Advice.OnMethodEnter
        static void note(@Advice.Argument(0) Object whereTo) {
            if (System.getProperties().get("ml.keneya.test.outgoing-calls") instanceof Queue<?> queue) {
                @SuppressWarnings("unchecked")
                Queue<Object> seen = (Queue<Object>) queue;
                seen.add(String.valueOf(whereTo));
            }
        }
    }
}
