package ml.keneya.load.terminal;

/** How a command ends, for scripts; the meanings are printed at the foot of {@code --help} and never change. */
public final class ExitStatus {
    public static final int DONE = 0;
    public static final int BROKEN = 1;
    public static final int MISUSED = 2;
    public static final int REFUSED = 3;
    public static final int UNREACHABLE = 4;
    public static final int NOT_AS_SENT = 5;

    private ExitStatus() {}
}
