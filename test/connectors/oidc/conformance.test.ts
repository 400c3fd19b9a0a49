import { redirect_connector_conformance } from '../../conformance/redirect_connector.ts';
import { mock_stage } from './mock_stage.ts';

redirect_connector_conformance(mock_stage);
