package dev.sluice.sweep;

import com.google.api.client.http.HttpRequestFactory;
import com.google.api.client.http.InterceptedTransport;
import com.google.api.client.http.InterceptedTransport.Exchange;
import com.google.api.client.http.InterceptedTransport.Interception;
import com.google.api.client.http.LowLevelHttpResponse;
import com.google.api.services.bigquery.Bigquery;
import dev.sluice.SluiceApplication;
import dev.sluice.launch.LaunchOutcome;
import dev.sluice.launch.Launcher;
import dev.sluice.ledger.LedgerDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** What a job process consists of, with a death switch on everything that leaves it. */
final class JobProcess implements AutoCloseable {

    private final DeathSwitch death;
    private final Interception network;
    private final ConfigurableApplicationContext context;

    JobProcess(DeathSwitch death, Map<String, Object> properties) {
        this(death, Exchange::send, properties);
    }

    /** @param network what becomes of each exchange */
    JobProcess(DeathSwitch death, Interception network, Map<String, Object> properties) {
        this.death = death;
        this.network = network;
        var mortality = new Mortality();
        this.context = new SpringApplicationBuilder(SluiceApplication.class)
                .web(WebApplicationType.NONE)
                .properties(properties)
                .initializers(starting -> starting.getBeanFactory().addBeanPostProcessor(mortality))
                .run(
                        "--logging.level.org.springframework.jdbc.support=off",
                        "--logging.level.org.springframework.transaction=off");
        mortality.born = true;
    }

    /** Wraps what leaves the process; nothing can die before the context is complete. */
    private final class Mortality implements BeanPostProcessor {

        private final DeathSwitch unborn = new DeathSwitch(0);
        private volatile boolean born;

        @Override
        public Object postProcessAfterInitialization(Object bean, String name) {
            if (bean instanceof Bigquery client) {
                return intercepted(client);
            }
            if (bean instanceof DataSource dataSource) {
                return new SwitchingDataSource(dataSource, this::current);
            }
            if (bean instanceof LedgerDatabase ledger) {
                return new LedgerDatabase(new SwitchingDataSource(ledger.dataSource(), this::current));
            }
            return bean;
        }

        /** The same client; what it sends, uploads included, passes by here. */
        private Bigquery intercepted(Bigquery client) {
            HttpRequestFactory requests = client.getRequestFactory();
            return new Bigquery.Builder(
                            new InterceptedTransport(requests.getTransport(), this::around),
                            client.getJsonFactory(),
                            requests.getInitializer())
                    .setApplicationName(client.getApplicationName())
                    .setRootUrl(client.getRootUrl())
                    .build();
        }

        private LowLevelHttpResponse around(Exchange exchange) throws IOException {
            current().moment("before " + exchange.name());
            LowLevelHttpResponse response = born ? network.around(exchange) : exchange.send();
            current().moment("after " + exchange.name());
            return response;
        }

        private DeathSwitch current() {
            return born ? death : unborn;
        }
    }

    LaunchOutcome start(Map<String, String> arguments) {
        return Life.within(() -> context.getBean(Launcher.class)
                .start("bulk-insert", arguments, Path.of("."), (id, job, parameters, resumed) -> {}));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
