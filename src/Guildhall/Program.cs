using System.CommandLine;
using Guildhall.Commands;
using Guildhall.Commands.Demo;
using Guildhall.Platform.Database;

var guildhall = new RootCommand("Guildhall: mentorship programs for the sellers of an online marketplace")
{
    Serve.Build(),
    Migrate.Build(),
    MarketplaceVerb.Build(),
    LoadDemo.Build(),
    ProgramVerbs.Build(),
    Import.Build(),
    Assign.Build(),
    Match.Build(),
};

try
{
    // A stop during heavy writes takes PostgreSQL longer than the two seconds that the library gives.
    return await guildhall.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(60) });
}
catch (DatabaseUnavailableException unavailable)
{
    Console.Error.WriteLine(unavailable.Message);
    return 1;
}
catch (OperationCanceledException)
{
    return 130;
}
