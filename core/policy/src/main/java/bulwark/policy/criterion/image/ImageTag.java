package bulwark.policy.criterion.image;

import bulwark.model.inventory.ImageReference;
import bulwark.model.policy.PolicyGroup;
import bulwark.policy.criterion.Condition;
import bulwark.policy.criterion.Conditions;
import bulwark.policy.criterion.Criterion;
import bulwark.policy.criterion.Description;
import bulwark.policy.criterion.Grammar;
import bulwark.policy.part.ContainerPart;
import bulwark.policy.part.Finding;
import bulwark.policy.part.PartKind;
import bulwark.policy.pattern.Patterns;

/// The tag of an image: `latest` where neither tag nor digest is given, empty where only a digest is.
public final class ImageTag implements Criterion<ContainerPart> {
    @Override
    public Description description() {
        return Description.ofImage("Image Tag", "The tag of the image matches a pattern", new Grammar.Text());
    }

    @Override
    public PartKind kind() {
        return PartKind.CONTAINER;
    }

    @Override
    public Condition<ContainerPart> compile(PolicyGroup group, Patterns patterns) {
        return Conditions.text(
                group, patterns, container -> container.value().image().tag());
    }

    @Override
    public Finding find(ContainerPart container, PolicyGroup group) {
        ImageReference image = container.value().image();
        return container.finding("image", image.tag(), "runs image " + image.fullName());
    }
}
