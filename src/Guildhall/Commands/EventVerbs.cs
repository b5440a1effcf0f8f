using System.CommandLine;
using System.Globalization;
using Guildhall.Platform.Events;

namespace Guildhall.Commands;

/// <summary>`guildhall events`: which parts of the product fail to hear what happened in others, and another try for what was given up.</summary>
static class EventVerbs
{
    internal static Command Build()
    {
        var again = new Option<bool>("--again") { Description = "Try what was given up again" };
        var command = new Command("events", "Show which events can’t be handled; the exit code is 1 where some were given up") { again };
        command.SetAction(async (parsed, stop) =>
        {
            await using var product = await ProductScope.OpenAsync(stop);
            var events = product.Get<GivenUpEvents>();
            if (parsed.GetValue(again))
            {
                Console.WriteLine($"{Counted.Of(await events.TryAgain(stop), "event")} will be tried again");
                return 0;
            }

            var stuck = await events.List(stop);
            foreach (var line in stuck)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{line.Handler}: {line.GivenUp} given up, {line.Failing} tried again, of {line.Type}, since {line.OldestAt:yyyy-MM-dd HH:mm}Z ({line.LastFailure})"));
            if (stuck.Count == 0) Console.WriteLine("Every event that was tried has been handled");
            return stuck.Any(line => line.GivenUp > 0) ? 1 : 0;
        });
        return command;
    }
}
