package example.shop.orders.service;

import example.shop.orders.model.Order;
import example.shop.orders.repository.OrderRepository;
import example.shop.orders.repository.OrderSearch;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.springframework.stereotype.Service;

@Service
public class OrderService {

    private static final Logger LOG = LogManager.getLogger(OrderService.class);

    private final OrderRepository orders;
    private final OrderSearch search;

    public OrderService(OrderRepository orders, OrderSearch search) {
        this.orders = orders;
        this.search = search;
    }

    public List<Order> ofCustomer(String customer) {
        LOG.info("orders of {}", customer);
        return search.byCustomer(customer);
    }

    public List<Order> withStatus(String status) {
        return orders.findByStatus(status);
    }
}
