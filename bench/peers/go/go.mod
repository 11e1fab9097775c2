module benchkit/peers

go 1.19
