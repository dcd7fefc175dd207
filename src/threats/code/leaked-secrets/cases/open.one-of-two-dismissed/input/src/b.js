const token = 'ghp_q7Zk2WmX9vRb4TnY6LcJ8sHd3FgP5aKu1Xy4';
