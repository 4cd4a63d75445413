package dev.sluice.sweep;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.AbstractDataSource;

/** Connections that pass by the death switch of the present life. */
public final class SwitchingDataSource extends AbstractDataSource {

    private final DataSource dataSource;
    private final Supplier<DeathSwitch> present;

    public SwitchingDataSource(DataSource dataSource, Supplier<DeathSwitch> present) {
        this.dataSource = dataSource;
        this.present = present;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return new MortalDataSource(dataSource, present.get()).getConnection();
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return getConnection();
    }
}
