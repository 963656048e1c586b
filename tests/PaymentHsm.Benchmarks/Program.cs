using PaymentHsm.Benchmarks;

return await BenchmarkCommands.Root().Parse(args).InvokeAsync();
