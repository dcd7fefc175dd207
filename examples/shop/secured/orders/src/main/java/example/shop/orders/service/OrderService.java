package example.shop.orders.service;

import example.shop.orders.model.Order;
import example.shop.orders.repository.OrderRepository;
import example.shop.orders.repository.OrderSearch;
import java.util.List;
import org.springframework.stereotype.Service;

@Service
public class OrderService {

    private final OrderRepository orders;
    private final OrderSearch search;

    public OrderService(OrderRepository orders, OrderSearch search) {
        this.orders = orders;
        this.search = search;
    }

    public List<Order> ofCustomer(String customer) {
        return search.byCustomer(customer);
    }

    public List<Order> withStatus(String status) {
        return orders.findByStatus(status);
    }
}
