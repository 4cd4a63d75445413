package dev.sluice.architecture.planted;

import com.google.api.client.http.javanet.NetHttpTransport;
import com.google.api.services.bigquery.Bigquery;
import com.google.cloud.bigquery.BigQuery;
import dev.sluice.architecture.planted.local.PlantedServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.DefaultTyping;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/** One fault per class, each for a rule that must find it. Nothing uses them otherwise. */
public final class PlantedFaults {

    private PlantedFaults() {}

    public static final class InjectsFields {
        @Autowired
        String injected = "";
    }

    public static final class Prints {
        void print() {
            System.out.println();
        }
    }

    public static final class ThrowsGenericException {
        void fail() {
            throw new RuntimeException();
        }
    }

    public static final class DrawsTimeAndChance {
        private static final Supplier<LocalDate> TODAY = LocalDate::now;

        List<Object> draw() throws InterruptedException {
            Thread.sleep(1);
            return List.of(
                    Instant.now(), TODAY.get(), System.currentTimeMillis(), UUID.randomUUID(), new Random().nextInt());
        }
    }

    public static final class MakesClocks {
        private static final LongSupplier NANOS = System::nanoTime;

        long time() {
            return Clock.systemUTC().millis() + NANOS.getAsLong();
        }
    }

    public static final class RowManager {}

    public static final class DefaultRows {}

    public static final class RowProperties {}

    public record CallsGoogle(BigQuery bigquery) {}

    public static final class ExecutesWithoutTier {
        Object directly(Bigquery bigquery) throws IOException {
            return bigquery.jobs().get("p", "j").execute();
        }

        Callable<Object> inAnyLambda(Bigquery bigquery) {
            return () -> bigquery.jobs().get("p", "j").execute();
        }

        Callable<Object> byAnyReference(Bigquery.Jobs.Get request) {
            return request::execute;
        }

        Object indirectly(Bigquery bigquery) throws IOException {
            return hidden(bigquery);
        }

        private Object hidden(Bigquery bigquery) throws IOException {
            return bigquery.jobs().get("p", "j").executeUnparsed();
        }
    }

    public static final class MakesTransports {
        Object one() {
            return new NetHttpTransport();
        }

        Object another() {
            return HttpClients.createSystem();
        }
    }

    public static final class UsesTheHomeServer {
        void use(PlantedServer server) {
            server.hashCode();
        }
    }

    public static final class UsesOtherLogging {
        private static final Logger LOG = Logger.getLogger("x");

        String name() {
            return LOG.getName();
        }
    }

    public static final class ReadsObjects {
        Object read(InputStream in) throws IOException, ClassNotFoundException {
            try (ObjectInputStream objects = new ObjectInputStream(in)) {
                return objects.readObject();
            }
        }
    }

    public static final class ScansChunks {
        Object scan(ChunkOrientedStepBuilder<String, String> step) {
            return step.faultTolerant();
        }
    }

    public static final class IncrementsParameters {
        Object increment(JobBuilder job) {
            return job.incrementer(parameters -> new JobParameters());
        }
    }

    public static final class LetsJsonChoose {
        JsonMapper mapper() {
            var anything = BasicPolymorphicTypeValidator.builder()
                    .allowIfBaseType(Object.class)
                    .build();
            return JsonMapper.builder()
                    .activateDefaultTyping(anything, DefaultTyping.NON_FINAL)
                    .build();
        }
    }
}
