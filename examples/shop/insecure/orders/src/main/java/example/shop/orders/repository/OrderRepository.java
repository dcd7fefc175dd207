package example.shop.orders.repository;

import example.shop.orders.model.Order;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.query.Param;

public interface OrderRepository extends JpaRepository<Order, Long> {

    @Query(value = "select * from orders where status = :status order by id", nativeQuery = true)
    List<Order> findByStatus(@Param("status") String status);
}
