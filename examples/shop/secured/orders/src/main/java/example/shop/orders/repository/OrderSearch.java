package example.shop.orders.repository;

import example.shop.orders.model.Order;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Repository;

@Repository
public class OrderSearch {

    private static final RowMapper<Order> ROW = (rs, n) -> new Order(
            rs.getLong("id"),
            rs.getString("customer"),
            rs.getString("status"),
            rs.getString("note"),
            rs.getBigDecimal("total"));

    private final JdbcTemplate jdbc;

    public OrderSearch(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    public List<Order> byCustomer(String customer) {
        return jdbc.query(
                "select id, customer, status, note, total from orders where customer = ? order by id",
                ROW,
                customer);
    }
}
