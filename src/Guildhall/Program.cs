using System.CommandLine;
using Guildhall.Commands;
using Guildhall.Platform.Database;

var line = CommandLine.Build().Parse(args);
if (CommandLine.Complaint(line) is { } complaint)
{
    Console.Error.WriteLine(complaint);
    return CommandLine.Misread;
}

try
{
    // A stop during heavy writes takes PostgreSQL longer than the two seconds that the library gives.
    return await line.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
}
catch (DatabaseUnavailableException unavailable)
{
    Console.Error.WriteLine(unavailable.Message);
    return 1;
}
catch (Exception unreachable) when (unreachable is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(unreachable.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
