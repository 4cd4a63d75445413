package dev.sluice.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/** Settings of a command that needs no application context: system properties, then environment variables. */
record Settings(Properties properties, Map<String, String> environment) {

    static Settings ofThisProcess() {
        return new Settings(System.getProperties(), System.getenv());
    }

    /** As Spring Boot spells it: {@code a.b-c} is {@code A_BC} in the environment; {@code A_B_C} is understood, too. */
    Optional<String> find(String name) {
        String upper = name.replace('.', '_').toUpperCase(Locale.ROOT);
        return Optional.ofNullable(properties.getProperty(name))
                .or(() -> Optional.ofNullable(environment.get(upper.replace("-", ""))))
                .or(() -> Optional.ofNullable(environment.get(upper.replace('-', '_'))))
                .filter(value -> !value.isBlank());
    }
}
