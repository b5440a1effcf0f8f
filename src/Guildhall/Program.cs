using System.CommandLine;
using System.Globalization;
using Guildhall.Commands;
using Guildhall.Platform.Database;

// Every page and every line is written in one language, whatever the machine's is.
CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.GetCultureInfo("en-US");

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
