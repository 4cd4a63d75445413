package dev.sluice.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.LayoutBase;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.sluice.home.ServerProcess;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;

/**
 * The home server's log: warnings to standard error, which is {@code home-server.log} unless the server runs in the
 * foreground. In Java, since a file of XML would cost a fifth of the server's start.
 */
public final class ServerLogging extends ContextAwareBase implements Configurator {

    @Override
    public ExecutionStatus configure(LoggerContext logging) {
        if (!Boolean.getBoolean(ServerProcess.PROPERTY)) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        var lines = new Lines();
        lines.setContext(logging);
        lines.start();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        encoder.setContext(logging);
        encoder.setLayout(lines);
        encoder.start();
        var appender = new ConsoleAppender<ILoggingEvent>();
        appender.setContext(logging);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        ch.qos.logback.classic.Logger root = logging.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(appender);
        // it warns of every H2 newer than itself
        logging.getLogger("org.flywaydb").setLevel(Level.ERROR);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    /** Time, level, who and what, and after that where an error comes from. */
    static final class Lines extends LayoutBase<ILoggingEvent> {

        @Override
        public String doLayout(ILoggingEvent event) {
            Instant when = Instant.ofEpochMilli(event.getTimeStamp()).truncatedTo(ChronoUnit.MILLIS);
            String name = event.getLoggerName();
            String line = "%s %s %s - %s%n"
                    .formatted(
                            when,
                            event.getLevel(),
                            name.substring(name.lastIndexOf('.') + 1),
                            event.getFormattedMessage());
            return event.getThrowableProxy() == null
                    ? line
                    : line + ThrowableProxyUtil.asString(event.getThrowableProxy());
        }
    }
}
