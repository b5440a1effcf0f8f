namespace Guildhall.Modules.Enrollment;

/// <summary>A module that knows which steps of the 90-day plan a shop's figures leave open: tips are taken from them before the shop has a plan of its own.</summary>
public interface IKnowOpenSteps
{
    /// <summary>In the order of the plan, only those that an article helps with; none while no plan is published.</summary>
    Task<IReadOnlyList<OpenStep>> Of(Guid sellerId, CancellationToken stop);
}

/// <summary>A step that is not done yet, as far as anybody knows.</summary>
/// <param name="Playbook">The slug of the article that helps.</param>
/// <param name="SoFar">What the figures say of it, such as "3 of 5 orders by 20 Nov"; null when they say nothing.</param>
public sealed record OpenStep(string Title, string Why, string Playbook, string? SoFar);
